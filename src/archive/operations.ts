/** What is asked of an archive, as messages name it, and the service that it belongs to, as metrics count it. */
export const ARCHIVE_OPERATIONS = {
  'QIDO studies': 'qido',
  'QIDO instances': 'qido',
  'QIDO series': 'qido',
  'WADO metadata': 'wado',
  'WADO frame': 'wado',
  'WADO rendered': 'wado',
  'WADO bulk data': 'wado',
  STOW: 'stow',
  'Orthanc system': 'orthanc',
  'Orthanc changes': 'orthanc',
  'Orthanc study': 'orthanc',
  'Orthanc instance': 'orthanc',
  'Orthanc lookup': 'orthanc',
  'Orthanc find': 'orthanc',
  'Orthanc label': 'orthanc',
  'Orthanc labels': 'orthanc',
  'Orthanc metadata': 'orthanc',
} as const;

export type ArchiveOperation = keyof typeof ARCHIVE_OPERATIONS;
export type ArchiveService = (typeof ARCHIVE_OPERATIONS)[ArchiveOperation];
