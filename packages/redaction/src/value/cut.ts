const NOTE_LENGTH = 48;

/** Cuts a redacted text to a length, notes how long the original was, and splits neither a replacement nor a surrogate pair. */
export function cut(text: string, maxLength: number, originalLength: number): string {
  const room = Math.max(0, Math.min(text.length, maxLength - NOTE_LENGTH));
  const lastMark = text.lastIndexOf('[redacted', room - 1);
  const splits = lastMark !== -1 && room - lastMark < NOTE_LENGTH + 32 && text.indexOf(']', lastMark) >= room;
  const end = splits ? lastMark : room;
  const whole = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
  return `${text.slice(0, whole)}… [cut from ${originalLength} characters]`;
}
