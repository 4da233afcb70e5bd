/** Private servers, a client and readers, for the demo and the fault run. */
export { dice } from './dice.js';
export { freePort } from './free-port.js';
export { type GatewayClient, gatewayClient, segsIn, type StudyView } from './gateway-client.js';
export { startLocalOrthanc } from './local-orthanc.js';
export { type LocalProcess, mustAnswer, startLocalProcess } from './local-process.js';
export { startLocalRedis } from './local-redis.js';
export { readSeg } from './read-seg.js';
