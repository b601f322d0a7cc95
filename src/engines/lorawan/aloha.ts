import { exp } from '../../base/math/exp.ts'
import { log1p } from '../../base/math/log.ts'

/** Share of packets that meet no other: e^(-2G), G packets begun during one packet's time on air. N. Abramson, 1970. */
export const alohaDelivery = (load: number): number => exp(-2 * load)

/** Packets delivered during one packet's time on air: S = G e^(-2G), at most 1 / 2e. */
export const alohaThroughput = (load: number): number => load * alohaDelivery(load)

/** Load at which a share of packets is lost: -ln(1 - share) / 2. */
export const alohaLoadAtLoss = (lost: number): number => -log1p(-lost) / 2
