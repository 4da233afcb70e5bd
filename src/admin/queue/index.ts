/** The queue as administrators see and steer it. */
export { openQueueBoard, type QueueBoard } from './queue-board.js';
export { queueEndpoints } from './queue-endpoints.js';
