export { type Printed, runExamples } from './run-examples.js';
