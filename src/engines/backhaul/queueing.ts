import { erlangC } from '../../base/math/erlang.ts'

/** Waiting before a server: nobody waits with probability 1 - share; who waits, waits exponentially long. */
export interface Waiting {
  readonly share: number
  readonly meanS: number // of those who wait; Infinity when the queue only grows
}

/**
 * Waiting of a queue with Poisson arrivals and one server, by Pollaczek and Khinchine: E[W] = lambda E[S²] / (2 (1 - rho)).
 * The tail is taken as exponential with that mean; exact when packets are exponential (M/M/1).
 */
export function waitingOne(load: number, serviceS: number, cv2: number): Waiting {
  if (!(load < 1)) return { share: 1, meanS: Infinity }
  const meanS = (load * serviceS * (1 + cv2)) / (2 * (1 - load))
  return { share: load, meanS: load > 0 ? meanS / load : 0 }
}

/** Waiting of a queue with c servers and exponential service, by Erlang: P(W > t) = C e^(-(c mu - lambda) t). */
export function waitingMany(load: number, serviceS: number, servers: number): Waiting {
  if (!(load < servers)) return { share: 1, meanS: Infinity }
  return { share: erlangC(load, servers), meanS: serviceS / (servers - load) }
}
