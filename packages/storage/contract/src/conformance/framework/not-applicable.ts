/** Thrown by a case that finds out that it does not apply. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}
