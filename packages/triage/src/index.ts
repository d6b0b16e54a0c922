export type { FailureClass } from './classify/verdict.js';
