import { Cart } from "./cart.jsx";

export default function Page() {
  return <main><h1>Shop</h1><Cart /></main>;
}
