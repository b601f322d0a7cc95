/** A smallest OpenDSS script with a line, a delta-wye transformer and a load of one phase. 12 lines. */
export const A_DSS_SCRIPT = `clear
set defaultbasefrequency=50
new circuit.small basekv=10 pu=1.0 mvasc3=500 mvasc1=500
new linecode.cable nphases=3 units=km
~ r1=0.2 x1=0.1 r0=0.8 x0=0.4 c1=250 c0=250
new line.l1 bus1=sourcebus bus2=a linecode=cable length=2 units=km
new transformer.t1 phases=3 windings=2 xhl=4
~ wdg=1 bus=a conn=delta kv=10 kva=400 %r=0.5
~ wdg=2 bus=b conn=wye kv=0.4 kva=400 %r=0.5
new load.one phases=1 bus1=b.1 kv=0.23 kw=20 pf=0.95
set voltagebases=[10 0.4]
solve`
