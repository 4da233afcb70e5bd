/** Manufacturer (0008,0070) of everything we write; routing recognises our own output by it. */
export const MANUFACTURER = 'ESP-MedSAM for Orthanc';

/** ManufacturerModelName (0008,1090) of everything we write; routing recognises our own output by it. */
export const MANUFACTURER_MODEL_NAME = 'ESP-MedSAM';
