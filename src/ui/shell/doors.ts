import { Compass, DraftingCompass, GraduationCap, type LucideIcon, Presentation } from 'lucide-react'
import type { Door } from '../../stores/view.ts'

/** The four doors, in the order of the rail. */
export const DOOR_INFO: Readonly<
  Record<Door, { readonly title: string; readonly icon: LucideIcon; readonly hint: string }>
> = {
  explore: { title: 'Explore', icon: Compass, hint: 'Fly through the city and read its devices' },
  plan: { title: 'Plan', icon: DraftingCompass, hint: 'Place devices and see what they do to the city' },
  demo: { title: 'Demo', icon: Presentation, hint: 'A guided minute' },
  learn: { title: 'Learn', icon: GraduationCap, hint: 'Catch the sensor that lies' },
}
