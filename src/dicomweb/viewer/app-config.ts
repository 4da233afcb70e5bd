import { showNewestSeg } from './show-newest-seg.js';

/** Where the viewer lives and where it finds the archive, as paths of the gateway's own origin. */
export interface ViewerPaths {
  /** Path of the viewer without trailing slash, e.g. `/viewer`. */
  readonly basePath: string;
  /** Path of the DICOMweb services, e.g. `/dicom-web`. */
  readonly dicomwebRoot: string;
}

/**
 * OHIF's settings as the script it loads first. Everything points at the origin that served it.
 * `disableConfirmationPrompts` opens a SEG without asking; without it the reader answers a question each time.
 */
export function appConfig({ basePath, dicomwebRoot }: ViewerPaths): string {
  const config = {
    name: 'esp-medsam',
    routerBasename: basePath,
    showStudyList: true,
    modes: [],
    // No guided tour over the first study a reader opens.
    customizationService: { 'ohif.tours': { $set: [] } },
    maxNumberOfWebWorkers: 3,
    showWarningMessageForCrossOrigin: false,
    showCPUFallbackMessage: true,
    showLoadingIndicator: true,
    strictZSpacingForVolumeViewport: true,
    groupEnabledModesFirst: true,
    investigationalUseDialog: { option: 'never' },
    disableConfirmationPrompts: true,
    defaultDataSourceName: 'archive',
    dataSources: [
      {
        namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
        sourceName: 'archive',
        configuration: {
          friendlyName: 'Archive',
          name: 'archive',
          wadoUriRoot: dicomwebRoot,
          qidoRoot: dicomwebRoot,
          wadoRoot: dicomwebRoot,
          qidoSupportsIncludeField: false,
          supportsReject: false,
          supportsFuzzyMatching: false,
          // Orthanc matches `*`, and OHIF then finds a name by its beginning.
          supportsWildcard: true,
          dicomUploadEnabled: false,
          imageRendering: 'wadors',
          thumbnailRendering: 'wadors',
          enableStudyLazyLoad: true,
          omitQuotationForMultipartRequest: true,
          singlepart: 'bulkdata,video,pdf',
          bulkDataURI: { enabled: true, relativeResolution: 'studies' },
        },
      },
    ],
  };
  return `window.config = ${JSON.stringify(config, null, 2)};
// Orthanc writes bulk data addresses with the name it knows itself by; take them from our own origin instead.
window.config.dataSources[0].configuration.bulkDataURI.transform = function (url) {
  return url.replace(/^https?:\\/\\/.*?(?=\\/studies\\/)/, ${JSON.stringify(dicomwebRoot)});
};
window.config.extensions = [{ id: 'esp-medsam.show-newest-seg', onModeEnter: ${showNewestSeg} }];
`;
}
