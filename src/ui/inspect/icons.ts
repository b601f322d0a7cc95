import {
  Battery,
  BatteryCharging,
  Car,
  Cpu,
  Gauge,
  HardDrive,
  type LucideIcon,
  PlugZap,
  RadioTower,
  Repeat,
  ShieldCheck,
  Sun,
  TowerControl,
  Wifi,
  Wind,
} from 'lucide-react'
import type { AssetKind } from '../../model/asset.ts'
import type { DeviceKind } from '../../model/device.ts'

export const DEVICE_ICONS: Readonly<Record<DeviceKind, LucideIcon>> = {
  'smart-meter': Gauge,
  'pv-inverter': Sun,
  'ev-charger': PlugZap,
  'swap-station': Repeat,
  'lora-gateway': RadioTower,
  'air-quality': Wind,
}

export const ASSET_ICONS: Readonly<Record<AssetKind, LucideIcon>> = {
  'lorawan-gateway': RadioTower,
  'wifi-cell': Wifi,
  'ev-charger': BatteryCharging,
  'swap-station': Repeat,
  'pv-battery': Battery,
  'storage-rack': HardDrive,
  'gpu-rack': Cpu,
  tower: TowerControl,
  'vehicle-dongle': Car,
  validator: ShieldCheck,
}
