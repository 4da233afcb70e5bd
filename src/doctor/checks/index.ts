import type { Check } from '../check.js';
import { archiveReachable, dicomwebRoot, orthancRoot } from './archive-connection.js';
import { archiveCredentials } from './archive-credentials.js';
import { archiveKeeps, archiveSecure, archiveVersion, changeFeed, transcoding } from './archive-server.js';
import { metadataKey, tagging } from './archive-tag.js';
import { archiveWritable } from './archive-writable.js';
import { auditDelivery, auditReceiver } from './audit.js';
import { archiveClock, redisClock } from './clocks.js';
import { gatewayIssuer, gatewayReady, gatewaySurfaces, gatewayTokens } from './gateway.js';
import { refusedStudies } from './intake.js';
import { ledgerRecords, ledgerSize } from './ledger.js';
import { redisDisk, temporaryDisk, workerMemory } from './machine.js';
import { modalitiesFile, modelFiles } from './model.js';
import {
  redisAble,
  redisEviction,
  redisMemory,
  redisPersistence,
  redisReachable,
  redisRole,
  redisVersion,
} from './redis.js';
import { stableAge } from './stable-age.js';
import { stowLimit } from './stow-limit.js';
import { supersededResults } from './superseded.js';
import { orthancViewer, viewerFiles, viewerRoots } from './viewer.js';
import { provider, workersAgree, workersAlive } from './workers.js';

/** Every check, in the order in which they are shown: what others rest on first. */
export const CHECKS: readonly Check[] = [
  ...[archiveReachable, archiveCredentials, dicomwebRoot, orthancRoot],
  ...[archiveVersion, archiveSecure, archiveKeeps, archiveWritable, stowLimit],
  ...[changeFeed, stableAge, tagging, metadataKey, transcoding],
  ...[
    redisReachable,
    redisAble,
    redisVersion,
    redisRole,
    redisPersistence,
    redisEviction,
    redisMemory,
    ledgerRecords,
    ledgerSize,
    refusedStudies,
    supersededResults,
  ],
  ...[redisClock, archiveClock],
  ...[modelFiles, modalitiesFile, workersAlive, workersAgree, provider],
  ...[workerMemory, temporaryDisk, redisDisk],
  ...[
    gatewayReady,
    gatewayTokens,
    gatewaySurfaces,
    gatewayIssuer,
    auditReceiver,
    auditDelivery,
    viewerFiles,
    viewerRoots,
    orthancViewer,
  ],
];
