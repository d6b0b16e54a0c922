import { storageConformance } from '@drydock/storage/conformance';
import * as framework from 'vitest';
import { options } from './conformance-options.js';

storageConformance(options, framework);
