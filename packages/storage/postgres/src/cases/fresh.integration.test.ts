import { freshConformance } from '@drydock/storage/faults';
import { service } from '../service.js';
import { conformance, settingsOf } from './conformance.fixture.js';

freshConformance(service, process.env, (variables) => conformance('postgres, fresh', settingsOf(variables)));
