/** Ordinary pictures with the outline of a mask. Pure; knows no DICOM. */
export { drawFilled, drawOutline } from './draw-outline.js';
export { decodePng, encodePng, heightAt, type Picture, shrink } from './picture.js';
