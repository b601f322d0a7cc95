/** The product's own mark: a check in the shape of a V under a ring of proof. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M9 9.5 16 24l7-14.5"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M4.900 13.500A11.500 11.500 0 0 1 27.100 13.500"
        stroke="var(--simulated)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeDasharray="6.200 3.200"
      />
    </svg>
  )
}
