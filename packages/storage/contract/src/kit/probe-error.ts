/** The error of a server that did not let a probe in: holds a code and nothing of the driver's error, which may hold secrets. */
export function probeError(service: string, code: string): Error {
  return Object.assign(new Error(`${service} gave no login: ${code}`), { code });
}
