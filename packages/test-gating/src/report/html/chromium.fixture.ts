import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium of this machine, or undefined where there is none in the usual places. */
export const CHROMIUM = PLACES.find(existsSync);

/** Why there is none, and what to do. */
export const NO_CHROMIUM = `no Chromium in ${PLACES.join(', ')}; install one`;

/** Starts it, spoken to over a pipe. */
export function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  // Its own sandbox needs what containers and the root user do not have; the page under test is our own.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], timeout: 30_000 });
}
