/** The channels that the shipped models and the phantoms have; a test of what is data names its own. */
export const CHANNELS = ['dermoscopy', 'xray', 'ultrasound', 'fundus', 'microscopy', 'colonoscopy'] as const;
