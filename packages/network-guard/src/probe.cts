/** One call that the guard must refuse. */
export interface Probe {
  label: string;
  dial(): void;
}
