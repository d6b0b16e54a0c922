export { RESULT_VARIABLES } from './cache-inputs.js';
export { createNodes, createNodes as createNodesV2 } from './create-nodes.js';
export type { DrydockPluginOptions } from './options.js';

/** Name under which Nx lists the plugin. */
export const name = '@drydock/nx';
