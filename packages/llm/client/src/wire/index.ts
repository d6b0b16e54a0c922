export type { WireAnswer, WireEnding, WireRequest, WireScript } from './answer.js';
export { eventStream, inPieces, jsonAnswer, redirectAnswer } from './answers.js';
export { type Certificate, selfSigned } from './certificate.js';
export type { Exchange, ExchangeEnd } from './exchange.js';
export { WireScriptError } from './exchanges.js';
export type { WirePlayer } from './player.js';
export { closedObject, faultsOf, type RequestShape, type RequestShapes } from './request-shapes.js';
export { type ScriptedFetchOptions, scriptedFetch } from './scripted-fetch.js';
export { type ScriptedServerOptions, startScriptedServer } from './scripted-server.js';
