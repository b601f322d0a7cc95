// Block reward of Filecoin in integers, Q.128 fixed point, as the reward actor computes it.
//
//   reward(epoch) = simple part + baseline part, in attoFIL for all expected leaders of an epoch
//   simple part   = S (e^lambda - 1) e^(-lambda epoch)
//   baseline part = B (e^(-lambda theta_prev) - e^(-lambda theta_now)), theta = effective network time
//
// Source  filecoin-project/builtin-actors, actors/reward/src/logic.rs and expneg.rs (constants are theirs)

const Q = 128n
const ONE = 1n << Q
const FIL = 1_000_000_000_000_000_000n

const SIMPLE_TOTAL = 330_000_000n * FIL
const BASELINE_TOTAL = 770_000_000n * FIL
const EXP_LAMBDA_MINUS_1 = 37396273494747879394193016954629n
const LAMBDA = 37396271439864487274534522888786n

/** Baseline power of epoch 0 in bytes, and its growth per epoch (100 % a year), Q.128. */
export const BASELINE_INITIAL_BYTES = 2_888_888_880_000_000_000n
const BASELINE_EXPONENT = 340282591298641078465964189926313473653n

/** Epochs of 30 s. */
export const EPOCH_S = 30
export const EPOCHS_PER_DAY = 2880
export const GENESIS = '2020-08-24T22:00:00Z'

const NUMERATOR = [
  -648770010757830093818553637600n,
  67469480939593786226847644286976n,
  -3197587544499098424029388939001856n,
  89244641121992890118377641805348864n,
  -1579656163641440567800982336819953664n,
  17685496037279256458459817590917169152n,
  -115682590513835356866803355398940131328n,
  340282366920938463463374607431768211456n,
]
const DENOMINATOR = [
  1225524182432722209606361n,
  114095592300906098243859450n,
  5665570424063336070530214243n,
  194450132448609991765137938448n,
  5068267641632683791026134915072n,
  104716890604972796896895427629056n,
  1748338658439454459487681798864896n,
  23704654329841312470660182937960448n,
  259380097567996910282699886670381056n,
  2250336698853390384720606936038375424n,
  14978272436876548034486263159246028800n,
  72144088983913131323343765784380833792n,
  224599776407103106596571252037123047424n,
  340282366920938463463374607431768211456n,
]

function polynomial(coefficients: readonly bigint[], x: bigint): bigint {
  let sum = 0n
  for (const coefficient of coefficients) sum = ((sum * x) >> Q) + coefficient
  return sum
}

/** e^-x of a non-negative Q.128 number. */
export const expNeg = (x: bigint): bigint => (polynomial(NUMERATOR, x) << Q) / polynomial(DENOMINATOR, x)

/** FIL minted by the baseline part until effective network time theta (Q.128), itself Q.128. */
const baselineSupply = (theta: bigint, total: bigint): bigint => (ONE - expNeg((theta * LAMBDA) >> Q)) * total

/** The simple part of the reward of one epoch in attoFIL. */
export const simpleReward = (epoch: number): bigint =>
  (SIMPLE_TOTAL * EXP_LAMBDA_MINUS_1 * expNeg(LAMBDA * BigInt(epoch))) >> (2n * Q)

/** Reward of one epoch in attoFIL when effective network time moves from `before` to `now` (both Q.128). */
export function blockReward(
  epoch: number,
  before: bigint,
  now: bigint,
  simpleTotal = SIMPLE_TOTAL,
  baselineTotal = BASELINE_TOTAL,
): bigint {
  const simple = (simpleTotal * EXP_LAMBDA_MINUS_1 * expNeg(LAMBDA * BigInt(epoch))) >> Q
  return (simple + baselineSupply(now, baselineTotal) - baselineSupply(before, baselineTotal)) >> Q
}

/** Effective network time (Q.128) from the two running sums of power. */
export function rewardTheta(
  effectiveEpoch: number,
  baselineBytes: bigint,
  realizedSum: bigint,
  baselineSum: bigint,
): bigint {
  if (effectiveEpoch === 0) return 0n
  const short = (baselineSum - realizedSum) << Q
  const quotient = short / baselineBytes
  const floored = short < 0n && quotient * baselineBytes !== short ? quotient - 1n : quotient
  return (BigInt(effectiveEpoch) << Q) - floored
}

/** Baseline power of the epoch after one of `previous` bytes. */
export const nextBaseline = (previous: bigint): bigint => (previous * BASELINE_EXPONENT) >> Q
