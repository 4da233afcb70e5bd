import { describe, expect, it } from 'vitest';
import { type OhifContext, showNewestSeg } from '../../../src/dicomweb/viewer/show-newest-seg.js';

type Protocols = OhifContext['servicesManager']['services']['hangingProtocolService'];
type Callback = Parameters<Protocols['addCustomAttribute']>[2];
type DisplaySet = Parameters<Callback>[0];

/** A stand-in for OHIF's hanging protocols that keeps what it is given. */
function enterMode() {
  let protocol = {
    displaySetSelectors: {},
    stages: [{ viewports: [{ displaySets: [{ id: 'defaultDisplaySetId' }] }] }],
  } as ReturnType<Protocols['getProtocolById']>;
  const kept = { callback: undefined as Callback | undefined, current: () => protocol };
  const hangingProtocolService: Protocols = {
    getProtocolById: () => protocol,
    addProtocol: (_id, added) => void (protocol = added),
    addCustomAttribute: (_id, _name, callback) => void (kept.callback = callback),
  };
  const enter = () => showNewestSeg({ servicesManager: { services: { hangingProtocolService } } });
  enter();
  return { ...kept, enter };
}

const image = (uid: string): DisplaySet => ({
  Modality: 'US',
  numImageFrames: 1,
  instances: [{ SOPInstanceUID: uid }],
});
const seg = (source: string, date: string, asList = true): DisplaySet => {
  const instance = { ReferencedSOPInstanceUID: source };
  const series = { ReferencedInstanceSequence: asList ? [instance] : instance };
  return {
    Modality: 'SEG',
    isOverlayDisplaySet: true,
    instance: { ContentDate: date, ReferencedSeriesSequence: asList ? [series] : series },
  };
};

describe('opening a study', () => {
  const chosen = (displaySets: readonly DisplaySet[]) => {
    const { callback } = enterMode();
    return displaySets.filter((set) => callback!(set, { displaySets }));
  };

  it('shows the newest SEG of the first image', () => {
    const [older, newer] = [seg('1.1', '20260101'), seg('1.1', '20260102', false)];
    expect(chosen([image('1.1'), newer, older])).toEqual([newer]);
  });

  it('does not show the SEG of another image', () => {
    expect(chosen([image('1.1'), image('1.2'), seg('1.2', '20260101')])).toEqual([]);
  });

  it('shows nothing more where there is no SEG or no image', () => {
    expect(chosen([image('1.1')])).toEqual([]);
    expect(chosen([seg('1.1', '20260101')])).toEqual([]);
  });
});

it('adds the SEG to the default arrangement once, however often the mode is entered', () => {
  const mode = enterMode();
  mode.enter();
  const { stages, displaySetSelectors } = mode.current();
  expect(stages[0]!.viewports[0]!.displaySets).toEqual([{ id: 'defaultDisplaySetId' }, { id: 'newestSeg' }]);
  expect(Object.keys(displaySetSelectors)).toEqual(['newestSeg']);
});
