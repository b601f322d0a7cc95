/**
 * Share of calls that find all servers busy and are lost, by the stable recursion B(n) = A B(n-1) / (n + A B(n-1)).
 *
 * Units    offered load in Erlang
 * Cost     O(servers)
 * Source   A. K. Erlang, 1917; recursion as in V. B. Iversen, Teletraffic engineering, ITU-D, section 4.4
 */
export function erlangB(offered: number, servers: number): number {
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked)
  return blocked
}

/**
 * Share of calls that must wait when nobody is turned away; 1 when the load reaches the servers.
 *
 * Source   A. K. Erlang, 1917: C = B / (1 - (A / n)(1 - B))
 */
export function erlangC(offered: number, servers: number): number {
  if (!(offered < servers)) return 1
  const blocked = erlangB(offered, servers)
  return blocked / (1 - (offered / servers) * (1 - blocked))
}
