export function App() {
  return <main>Veracity</main>
}
