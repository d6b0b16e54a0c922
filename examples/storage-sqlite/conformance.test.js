import * as framework from 'node:test';
import { storageConformance } from '@drydock/storage/conformance';
import { options } from './conformance-options.js';

storageConformance(options, framework);
