/** ESP-MedSAM's modality channels in decoder order: the position is the index of the query (see the manifest). */
export const CHANNELS = ['dermoscopy', 'xray', 'ultrasound', 'fundus', 'microscopy', 'colonoscopy'] as const;

/** One of the six decoders, as against DICOM *Modality* (0008,0060). */
export type Channel = (typeof CHANNELS)[number];
