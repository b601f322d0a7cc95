import { TwinError } from '../../../base/errors.ts'
import { choice, freqMhz, openPercent, optional, required } from '../lossModel.ts'
import type { P1812Path } from '../p1812/path.ts'
import { centreLatitudeDeg } from '../p1812/pathCentre.ts'
import { predictP1812 } from '../p1812/predict.ts'
import { defineProfileModel, type PathProfile } from '../profileModel.ts'

const ID = 'p1812'
const SEA = 1

const refuse = (message: string): never => {
  throw new TwinError('RADIO_OUT_OF_RANGE', `${ID}: ${message}`, { model: ID })
}

/** Throws RADIO_OUT_OF_RANGE for a profile the Recommendation is not made for. */
function checkPath({ distanceM, zone }: PathProfile): void {
  const n = distanceM.length
  if (n <= 4) refuse(`the profile has ${n} points, expected five or more.`)
  const totalKm = distanceM[n - 1] / 1000
  if (!(totalKm >= 0.25 && totalKm <= 3000)) refuse(`the path is ${totalKm} km long, expected 0.25 to 3000 km.`)
  const odd = zone.findIndex((z) => z !== 1 && z !== 3 && z !== 4)
  if (odd >= 0) refuse(`the zone at point ${odd} is ${zone[odd]}, expected 1 sea, 3 coastal land or 4 inland.`)
}

/** Point-to-area prediction of broadcasters and mobile services, over terrain and clutter. */
export const p1812 = defineProfileModel({
  id: ID,
  title: 'ITU-R P.1812 over terrain and clutter',
  source: 'ITU-R P.1812-8, annex 1 (delta-Bullington, spherical earth, ducting, troposcatter)',
  columns: {
    f_mhz: freqMhz(30, 6000),
    h_tx_m: required('Transmitter above ground', 'm', 1, 3000),
    h_rx_m: required('Receiver above ground', 'm', 1, 3000),
    p: required('Share of time the loss is not exceeded', '%', 1, 50),
    pl: openPercent('Share of places the loss is not exceeded', 50),
    sigma_l_db: optional('Standard deviation of places', 'dB', 0, 0, 30),
    pol: choice('Polarisation', ['horizontal', 'vertical'], 1),
    phi_t_deg: required('Latitude of the transmitter', '°', -90, 90),
    lam_t_deg: required('Longitude of the transmitter', '°', -180, 180),
    phi_r_deg: required('Latitude of the receiver', '°', -90, 90),
    lam_r_deg: required('Longitude of the receiver', '°', -180, 180),
    dn: { ...required('Refractive lapse through the lowest kilometre', 'N-units/km', 0, 157), open: true },
    n0: required('Refractivity at sea level', 'N-units', 200, 500),
    dct_km: optional('Over land from the transmitter to the coast', 'km', 500, 0, 1e5),
    dcr_km: optional('Over land from the receiver to the coast', 'km', 500, 0, 1e5),
  },
  lossDb: (row, profile) => {
    checkPath(profile)
    if (row.pl !== 50 && row.sigma_l_db === 0) refuse(`pl is ${row.pl}, expected a sigma_l_db above 0 beside it.`)
    const { distanceM, heightM, clutterM, zone } = profile
    const last = distanceM.length - 1
    const totalKm = distanceM[last] / 1000
    const freqGhz = row.f_mhz / 1000
    const path: P1812Path = {
      km: distanceM.map((m) => m / 1000),
      heightM,
      topM: heightM.map((z, i) => (i === 0 || i === last ? z : z + clutterM[i])),
      totalKm,
      txM: heightM[0] + row.h_tx_m,
      rxM: heightM[last] + row.h_rx_m,
      txAboveM: row.h_tx_m,
      rxAboveM: row.h_rx_m,
      freqGhz,
      lambdaM: 0.2998 / freqGhz,
    }
    const steps = predictP1812(path, zone, {
      timePercent: row.p,
      placesPercent: row.pl,
      placesSigmaDb: row.sigma_l_db,
      polarisation: row.pol === 1 ? 1 : 0,
      latitudeDeg: centreLatitudeDeg(row.phi_t_deg, row.lam_t_deg, row.phi_r_deg, row.lam_r_deg, totalKm),
      lapse: row.dn,
      refractivity: row.n0,
      coastTxKm: zone[0] === SEA ? 0 : row.dct_km,
      coastRxKm: zone[last] === SEA ? 0 : row.dcr_km,
      receiverAtSea: zone[last] === SEA,
    })
    return { lossDb: steps.Lb, flags: [], steps }
  },
})
