import { mergeConfig } from 'vitest/config';
import workspace from '../../vitest.config.js';

// The guard is CommonJS, because `--require` must load it; by default Vite leaves .cts files as they are.
export default mergeConfig(workspace, {
  oxc: { include: /\.[cm]?tsx?$/, exclude: /[\\/](node_modules|dist)[\\/]/, lang: 'ts' },
});
