/** Hands a file to the person. */
export function saveBytes(name: string, type: string, bytes: BlobPart): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser has taken the bytes by the next task
  setTimeout(() => URL.revokeObjectURL(url), 0)
}

export const saveText = (name: string, type: string, text: string): void => saveBytes(name, type, text)
