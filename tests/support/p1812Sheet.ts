import type { P1812Steps } from '../../src/engines/radio/p1812/predict.ts'

/** Names and equations in a sheet of the P.1812 reference, and what our prediction calls the same figure. */
const NAMES: Readonly<Record<string, keyof P1812Steps>> = {
  'd (km)|': 'd',
  'dlt (km)|Eq (78)': 'dlt',
  'dlr (km)|Eq (81a)': 'dlr',
  'th_t (mrad)|Eqs (76-78)': 'thetaT',
  'th_r (mrad)|Eqs (79-81)': 'thetaR',
  'th (mrad)|Eq (82)': 'theta',
  'hts (m)|': 'hts',
  'hrs (m)|': 'hrs',
  'w|Table 5': 'w',
  'dtm (km)|Sec 3.6': 'dtm',
  'dlm (km)|Sec 3.6': 'dlm',
  'phi (deg)|Eq (4)': 'phi',
  'b0 (%)|Eq (5)': 'b0',
  'ae (km)|Eq (7a)': 'ae',
  'hst (m)|Eq (85)': 'hstFitted',
  'hsr (m)|Eq (86)': 'hsrFitted',
  'hst (m)|Eq (90a)': 'hst',
  'hsr (m)|Eq (90b)': 'hsr',
  'hstd (m)|Eq (89)': 'hstd',
  'hsrd (m)|Eq (89)': 'hsrd',
  'htc (m)|Eq (37a)': 'htc',
  'hrc (m)|Eq (37b)': 'hrc',
  'hte (m)|Eq (92a)': 'hte',
  'hre (m)|Eq (92b)': 'hre',
  'hm (m)|Eq (93)': 'hm',
  'Fi|Eq (40)': 'Fi',
  'Fj|Eq (57)': 'Fj',
  'Fk|Eq (58)': 'Fk',
  'Lbfs|Eq (8)': 'Lbfs',
  'Lb0p|Eq (10)': 'Lb0p',
  'Lb0b|Eq (11)': 'Lb0b',
  // these three are of the earth exceeded beta_0 % of the time, the last one the reference computes
  'Lbulla (dB)|Eq (21)': 'Lbulla',
  'Lbulls (dB)|Eq (21)': 'Lbulls',
  'Ldsph (dB)|Eq (27)': 'Ldsph',
  'Ld50 (dB)|Eq (39)': 'Ld50',
  'Ldb (dB)|Eq (39)': 'Ldb',
  'Ldp (dB)|Eq (41)': 'Ldp',
  'Lbd50 (dB)|Eq (42)': 'Lbd50',
  'Lbd (dB)|Eq (43)': 'Lbd',
  'Lminb0p (dB)|Eq (59)': 'Lminb0p',
  'Lba (dB)|Eq (46)': 'Lba',
  'Lminbap (dB)|Eq (60)': 'Lminbap',
  'Lbda (dB)|Eq (61)': 'Lbda',
  'Lbam (dB)|Eq (62)': 'Lbam',
  'Lbs (dB)|Eq (44)': 'Lbs',
  'Lbc (dB)|Eq (63)': 'Lbc',
  'Lb (dB)|Eq (69)': 'Lb',
  'Ep (dBuV/m)|Eq (70)': 'Ep',
}
export const SHEET_FIGURES = Object.keys(NAMES).length

/** What a sheet says, by our names, with half a unit of its tenth and last digit. */
export function figuresOf(sheet: string) {
  const figures: { name: keyof P1812Steps; expected: number; rounding: number }[] = []
  for (const line of sheet.split('\n')) {
    const [name, equation, , value] = line.split(',')
    const ours = NAMES[`${name}|${equation}`]
    if (!ours) continue
    const expected = Number(value)
    const digits = expected === 0 ? -9 : Math.floor(Math.log10(Math.abs(expected))) - 9
    figures.push({ name: ours, expected, rounding: 0.5 * 10 ** digits })
  }
  return figures
}
