import { useEffect, useState } from 'preact/hooks';
import {
  api,
  asProblem,
  type PreviewQuery,
  type Problem,
  type Study,
  type StudyUnit,
} from '../../api/index.js';
import { previewAddress } from '../../preview.js';
import { Icon } from '../../parts/icon.js';
import { Empty } from '../../parts/notice.js';
import { channelTitle } from '../../channels.js';
import { OUTCOMES } from '../../words.js';

type Overlay = NonNullable<PreviewQuery['overlay']>;
type Mode = Overlay | 'side by side';
const MODES: readonly { value: Mode; text: string }[] = [
  { value: 'outline', text: 'Outline' },
  { value: 'filled', text: 'Filled' },
  { value: 'none', text: 'Original' },
  { value: 'side by side', text: 'Side by side' },
];
const WITH: Readonly<Record<Overlay, string>> = {
  outline: 'with the outline of the segmentation',
  filled: 'with the area of the segmentation',
  none: 'without outline',
};
const overlaysOf = (mode: Mode): readonly Overlay[] =>
  mode === 'side by side' ? ['none', 'outline', 'filled'] : [mode];

/** The images of one display unit with the outline of what was found. */
export function Preview({
  study,
  units,
  unit,
  onUnit,
}: {
  study: Study;
  units: readonly StudyUnit[];
  unit: number;
  onUnit: (unit: number) => void;
}) {
  const [frame, setFrame] = useState(1);
  const [mode, setMode] = useState<Mode>('outline');
  useEffect(() => setFrame(1), [unit]);
  const shown = units[unit];
  const frames = shown ? (shown.frames?.total ?? shown.sourceInstanceUids.length) : 0;
  const uid = study.studyInstanceUid;
  return (
    <section class="card span-7 top" aria-labelledby="preview-title">
      <header>
        <h2 id="preview-title">Preview</h2>
        <div class="segments" role="group" aria-label="How the mask is shown">
          {MODES.map(({ value, text }) => (
            <button key={value} type="button" aria-pressed={mode === value} onClick={() => setMode(value)}>
              {text}
            </button>
          ))}
        </div>
      </header>
      {units.length > 1 && (
        <label class="field preview-unit">
          <span>Display unit</span>
          <select value={unit} onChange={(event) => onUnit(Number(event.currentTarget.value))}>
            {units.map((entry, index) => (
              <option key={index} value={index}>
                {index + 1} of {units.length}: {channelTitle(entry.channel)},{' '}
                {OUTCOMES[entry.outcome].text.toLowerCase()}
              </option>
            ))}
          </select>
        </label>
      )}
      {shown ? (
        <div class={mode === 'side by side' ? 'pictures' : undefined}>
          {overlaysOf(mode).map((overlay) => (
            <Picture
              key={overlay}
              uid={uid}
              query={{ unit, frame, width: mode === 'side by side' ? 480 : 960, overlay }}
              version={study.updatedAt}
              text={`Frame ${frame} of ${frames}, ${channelTitle(shown.channel)}, ${
                shown.outcome === 'segmented' ? WITH[overlay] : WITH.none
              }`}
            />
          ))}
        </div>
      ) : (
        <Empty icon="image" title="No picture yet">
          <p>It appears when the study has been processed.</p>
        </Empty>
      )}
      {frames > 1 && <FrameSlider frame={frame} frames={frames} onFrame={setFrame} />}
    </section>
  );
}

function FrameSlider({
  frame,
  frames,
  onFrame,
}: {
  frame: number;
  frames: number;
  onFrame: (frame: number) => void;
}) {
  return (
    <div class="slider">
      <button type="button" class="button small" disabled={frame <= 1} onClick={() => onFrame(frame - 1)}>
        <Icon name="previous" size={14} />
        <span class="hidden">Frame before</span>
      </button>
      <label>
        <span class="hidden">Frame</span>
        <input
          type="range"
          min={1}
          max={frames}
          value={frame}
          aria-valuetext={`Frame ${frame} of ${frames}`}
          onInput={(event) => onFrame(Number(event.currentTarget.value))}
        />
      </label>
      <button
        type="button"
        class="button small"
        disabled={frame >= frames}
        onClick={() => onFrame(frame + 1)}
      >
        <Icon name="next" size={14} />
        <span class="hidden">Next frame</span>
      </button>
      <output class="number">
        {frame} / {frames}
      </output>
    </div>
  );
}

/** A picture, or in the gateway's words why there is none. */
function Picture({
  uid,
  query,
  version,
  text,
}: {
  uid: string;
  query: Required<PreviewQuery>;
  version: string;
  text: string;
}) {
  const address = previewAddress(uid, query, version);
  const [failed, setFailed] = useState<{ address: string; problem: Problem }>();
  // An <img> does not tell why it failed: ask again and read the answer.
  const explain = async () => {
    const unreadable = new Error('The picture could not be read');
    const problem = await api.preview(uid, query).then(() => asProblem(unreadable), asProblem);
    setFailed({ address, problem });
  };
  if (failed?.address === address) {
    return (
      <Empty icon="image" title="No picture">
        <p>{failed.problem.detail}</p>
        {failed.problem.advice && <p class="small">{failed.problem.advice}</p>}
      </Empty>
    );
  }
  return (
    <div class="picture">
      <img src={address} alt={text} onError={explain} />
    </div>
  );
}
