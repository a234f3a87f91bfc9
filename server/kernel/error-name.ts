/** Whether a thrown value is an error of that name, whichever copy of its class made it. */
export function isErrorNamed(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}
