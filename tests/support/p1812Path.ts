/**
 * The shortest validation path of ITU-R P.1812 in the form of the Study Group 3 data bank, its bare lines left out, and the
 * sheet of its first prediction. From eeveetza/Py1812 at a5205e6 (OFCOM Switzerland; may be used and changed with notice).
 */
export const dataBankPath = `Tx LAT:,53.1833333333
Tx LON:,-6.3333333333
Rx LAT:,53.1876885850
Rx LON:,-6.3202462429
{Begin of Meteorology}
Average annual values dN (N-units/km):,45
Average annual sea-level surface refractivity No (N-units):,326.079979
{End of meteorology}
{Begin of Profile}
Number of Points:,6
0,754.4,2,10,4
0.2,754.4,2,10,4
0.4,729.9,2,10,4
0.6,685.3,2,10,4
0.8,634.3,2,10,4
1,610.3,2,10,4
{End of Profile}
{Begin of Measurements}
95.3,60,,7,1,,,,,,,,30,,1,,91.90331472,87.03854330
95.3,60,,7,1,,,,,,,,30,,10,,91.63917679,87.30268122
95.3,60,,7,1,,,,,,,,30,,50,,91.45198697,87.48987104
{End of Measurements}
`

export const parameterSheet = `# Parameter,Ref,,Value,
Ptx (kW),,,1,
Gtx (dBi),,,0,
Grx (dBi),,,0,
f (GHz),,,0.0953,
p (%),,,1,
pL (%),,,50,
sigmaL (dB),,,0,
phi_t (deg),,,53.18333333,
phi_r (deg),,,53.18768858,
lam_t (deg),,,-6.333333333,
lam_r (deg),,,-6.320246243,
htg (m),,,60,
hrg (m),,,7,
pol,,,1,
DN ,,,45,
N0 ,,,326.079979,
dct (km) ,,,500,
dcr (km) ,,,500,
R2 (m) ,,,10,
Rn-1 (m) ,,,10,
,,,,
d (km),,,1,
dlt (km),Eq (78),,0.4,
dlr (km),Eq (81a),,0.6,
th_t (mrad),Eqs (76-78),,-194.6594415,
th_r (mrad),Eqs (79-81),,194.5516565,
th (mrad),Eq (82),,0.004187278468,
hts (m),,,814.4,
hrs (m),,,617.3,
htc (m),Table 5,,814.4,
hrc (m),Table 5,,617.3,
w,Table 5,,0,
dtm (km),Sec 3.6,,1,
dlm (km),Sec 3.6,,1,
phi (deg),Eq (4),,53.18551669,
b0 (%),Eq (5),,7.244912027,
ae (km),Eq (7a),,8930.776786,
hst (m),Eq (85),,783.304,
hsr (m),Eq (86),,611.196,
hst (m),Eq (90a),,754.4,
hsr (m),Eq (90b),,610.3,
hstd (m),Eq (89),,754.4,
hsrd (m),Eq (89),,610.3,
htc (m),Eq (37a),,60,
hrc (m),Eq (37b),,7,
hte (m),Eq (92a),,60,
hre (m),Eq (92b),,7,
hm (m),Eq (93),,33.14,

Fi,Eq (40),,1,
Fj,Eq (57),,0.9912767644,
Fk,Eq (58),,0.9453186828,
Lbfs,Eq (8),,72.14737981,
Lb0p,Eq (10),,71.72701604,
Lb0b,Eq (11),,71.93980777,
Lbulla (dB),Eq (21),,15.33794877,
Lbulls (dB),Eq (21),,0,
Ldsph (dB),Eq (27),,0,
Ld50 (dB),Eq (39),,15.34252882,
Ldb (dB),Eq (39),,15.33794877,
Ldp (dB),Eq (41),,15.33794877,
Lbd50 (dB),Eq (42),,87.48990862,
Lbd (dB),Eq (43),,87.06496481,
Lminb0p (dB),Eq (59),,87.06496481,
Lba (dB),Eq (46),,112.9858494,
Lminbap (dB),Eq (60),,112.9858496,
Lbda (dB),Eq (61),,87.06496481,
Lbam (dB),Eq (62),,87.06496481,
Lbs (dB),Eq (44),,96.62572426,
Lbc (dB),Eq (63),,87.0385433,
Lb (dB),Eq (69),,87.0385433,
Ep (dBuV/m),Eq (70),,91.90331472,
Ep (dBuV/m) w.r.t. Ptx, Gtx, Grx,,,91.90331472,
`
