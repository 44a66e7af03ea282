/** The header of Basic authentication, whatever letters user and password are made of. */
export function basicHeader({ username, password }) {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
