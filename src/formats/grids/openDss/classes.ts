/**
 * Properties of the classes that are read, in the order of the program: a value without a name goes to the property
 * after the last one, and a name may be shortened to its beginning.
 *
 * Source   OpenDSS Reference Guide (EPRI), property lists by class
 */
const lists = {
  vsource:
    'bus1 basekv pu angle frequency phases mvasc3 mvasc1 x1r1 x0r0 isc3 isc1 r1 x1 r0 x0 scantype sequence bus2 z1 z0 z2 puz1 puz0 puz2 basemva yearly daily duty model puzideal spectrum basefreq enabled like',
  line: 'bus1 bus2 linecode length phases r1 x1 r0 x0 c1 c0 rmatrix xmatrix cmatrix switch rg xg rho geometry units spacing wires earthmodel cncables tscables b1 b0 seasons ratings linetype epsrmedium heightoffset heightunit conductors normamps emergamps faultrate pctperm repair basefreq enabled like',
  linecode:
    'nphases r1 x1 r0 x0 c1 c0 units rmatrix xmatrix cmatrix basefreq normamps emergamps faultrate pctperm repair kron rg xg rho neutral b1 b0 seasons ratings linetype like',
  linegeometry:
    'nconds nphases cond wire x h units normamps emergamps reduce spacing wires cncable tscable cncables tscables seasons ratings linetype like',
  wiredata: 'rdc rac runits gmrac gmrunits radius radunits normamps emergamps diam seasons ratings capradius like',
  transformer:
    'phases windings wdg bus conn kv kva tap %r rneut xneut buses conns kvs kvas taps xhl xht xlt xscarray thermal n m flrise hsrise %loadloss %noloadloss normhkva emerghkva sub maxtap mintap numtaps subname %imag ppm_antifloat %rs bank xfmrcode xrconst x12 x13 x23 leadlag wdgcurrents core rdcohms seasons ratings normamps emergamps faultrate pctperm repair basefreq enabled like',
  regcontrol:
    'transformer winding vreg band ptratio ctprim r x bus delay reversible revvreg revband revr revx tapdelay debugtrace maxtapchange inversetime tapwinding vlimit ptphase revthreshold revdelay revneutral eventlog remoteptratio tapnum reset ldc_z rev_z cogen basefreq enabled like',
  capacitor:
    'bus1 bus2 phases kvar kv conn cmatrix cuf r xl harm numsteps states normamps emergamps faultrate pctperm repair basefreq enabled like',
  load: 'phases bus1 kv kw pf model yearly daily duty growth conn kvar rneut xneut status class vminpu vmaxpu vminnorm vminemerg xfkva allocationfactor kva %mean %stddev cvrwatts cvrvars kwh kwhdays cfactor cvrcurve numcust zipv %seriesrl relweight vlowpu puxharm xrharm spectrum basefreq enabled like',
  generator:
    'phases bus1 kv kw pf kvar model vminpu vmaxpu yearly daily duty dispmode dispvalue conn status class vpu maxkvar minkvar pvfactor forceon kva mva xd xdp xdpp h d usermodel userdata shaftmodel shaftdata dutystart debugtrace balanced xrdp spectrum basefreq enabled like',
  loadshape:
    'npts interval mult hour mean stddev csvfile sngfile dblfile action qmult useactual pmax qmax sinterval minterval pbase qbase pmult pqcsvfile memorymapping interpolation like',
} as const

export type DssClass = keyof typeof lists

const split = (text: string): readonly string[] => text.split(' ')

export const PROPERTIES: Readonly<Record<DssClass, readonly string[]>> = {
  vsource: split(lists.vsource),
  line: split(lists.line),
  linecode: split(lists.linecode),
  linegeometry: split(lists.linegeometry),
  wiredata: split(lists.wiredata),
  transformer: split(lists.transformer),
  regcontrol: split(lists.regcontrol),
  capacitor: split(lists.capacitor),
  load: split(lists.load),
  generator: split(lists.generator),
  loadshape: split(lists.loadshape),
}

export const isDssClass = (name: string): name is DssClass => name in lists

/** Classes that measure, draw or time and leave the power flow as it is. */
export const SILENT: readonly string[] = [
  'monitor',
  'energymeter',
  'sensor',
  'spectrum',
  'xycurve',
  'tcc_curve',
  'growthshape',
]

/** Classes that carry power, or switch, and are not modelled. */
export const LATER: readonly string[] = [
  'reactor',
  'fault',
  'storage',
  'storagecontroller',
  'pvsystem',
  'invcontrol',
  'expcontrol',
  'capcontrol',
  'swtcontrol',
  'autotrans',
  'isource',
  'vccs',
  'upfc',
  'gictransformer',
  'gicline',
  'fuse',
  'relay',
  'recloser',
  'xfmrcode',
  'linespacing',
  'cndata',
  'tsdata',
  'indmach012',
  'gendispatcher',
  'espvlcontrol',
  'tshape',
  'priceshape',
  'windgen',
]
