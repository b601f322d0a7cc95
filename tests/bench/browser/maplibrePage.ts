import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FOV_DEG } from '../../../scenes/camera/pose.ts'
import { APPROACH } from '../../../src/app/home.ts'
import { createEnu } from '../../../src/geo/enu.ts'
import type { City } from '../../../src/model/city.ts'
import { openPeer } from '../peers.ts'
import { VIEWPORT } from './browser.ts'
import { cityGeoJson } from './cityGeoJson.ts'
import { openSite, type Site } from './site.ts'

const EARTH_M = 40_075_016.686
const TILE_PX = 512
const DEG = 180 / Math.PI

/** The view of the product’s first frame as MapLibre says it. */
function cameraOf(city: City) {
  const place = new Float64Array(2)
  createEnu(city.meta.originLatDeg, city.meta.originLonDeg).toGeo(APPROACH.xM, APPROACH.yM, place)
  const [latDeg, lonDeg] = [place[0]!, place[1]!]
  const distancePx = (0.5 * VIEWPORT.height) / Math.tan(FOV_DEG / DEG / 2)
  const metresPerPx = APPROACH.distanceM / distancePx
  return {
    center: [lonDeg, latDeg],
    zoom: Math.log2((EARTH_M * Math.cos(latDeg / DEG)) / (TILE_PX * metresPerPx)),
    pitch: APPROACH.tiltRad * DEG,
    bearing: APPROACH.bearingRad * DEG,
  }
}

/**
 * MapLibre GL with one fill-extrusion layer over the same buildings, smoothed edges as ours, and no base map.
 * `fullFrame` on its window is when the graphics processor had drawn the first frame with all tiles of the view.
 */
export async function openMapLibre(
  city: City,
): Promise<Site & { readonly version: string; readonly features: number }> {
  const peer = openPeer('maplibre-gl')
  const site = await openSite('maplibre', { 'maplibre-gl': join(peer.folder, 'dist') })
  const { text, features } = cityGeoJson(city)
  writeFileSync(join(site.folder, 'buildings.json'), text)
  writeFileSync(
    join(site.folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/maplibre-gl/maplibre-gl.css">
<style>html,body,#map{margin:0;height:100%}</style><div id="map"></div><script type="module" src="/page.mjs"></script>`,
  )
  writeFileSync(
    join(site.folder, 'page.mjs'),
    `import * as maplibre from '/maplibre-gl/maplibre-gl.mjs'
maplibre.setWorkerUrl(location.origin + '/maplibre-gl/maplibre-gl-worker.mjs')
const map = new maplibre.Map({
  container: 'map', ...${JSON.stringify(cameraOf(city))}, maxPitch: 85, attributionControl: false, fadeDuration: 0,
  canvasContextAttributes: { antialias: true },
  style: { version: 8,
    sources: { city: { type: 'geojson', data: location.origin + '/buildings.json' } },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': '#e8e4da' } },
      { id: 'buildings', type: 'fill-extrusion', source: 'city', paint: {
        'fill-extrusion-color': '#d8d2c4', 'fill-extrusion-height': ['get', 'height'], 'fill-extrusion-base': ['get', 'base'] } },
    ] },
})
map.setVerticalFieldOfView(${FOV_DEG})
map.on('error', ({ error }) => console.error(String(error)))
const drawn = () => {
  if (!map.loaded() || !map.isSourceLoaded('city')) return
  map.off('render', drawn)
  whenDrawn(map.getCanvas())
}
map.on('render', drawn)
`,
  )
  return { ...site, version: peer.version, features }
}
