// Stands in for what a page of the bench must not load.
export {};
