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
  const [overlay, setOverlay] = useState(true);
  useEffect(() => setFrame(1), [unit]);
  const shown = units[unit];
  const frames = shown ? (shown.frames?.total ?? shown.sourceInstanceUids.length) : 0;
  const uid = study.studyInstanceUid;
  return (
    <section class="card span-7 top" aria-labelledby="preview-title">
      <header>
        <h2 id="preview-title">Preview</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={overlay}
            onChange={(event) => setOverlay(event.currentTarget.checked)}
          />
          Outline
        </label>
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
        <Picture
          uid={uid}
          query={{ unit, frame, width: 960, overlay: overlay ? 'outline' : 'none' }}
          version={study.updatedAt}
          text={`Frame ${frame} of ${frames}, ${channelTitle(shown.channel)}, ${
            overlay && shown.outcome === 'segmented'
              ? 'with the outline of the segmentation'
              : 'without outline'
          }`}
        />
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
