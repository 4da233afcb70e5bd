import { useLocation } from 'preact-iso';
import { api } from '../api/index.js';
import { Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Moment } from '../parts/time.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import { useState } from 'preact/hooks';
import { Editor } from './routing/editor.js';
import { Explain } from './routing/explain.js';
import { RuleTable } from './routing/rule-table.js';
import { Versions } from './routing/versions.js';

/** The rules by which an image's header chooses a channel, and what they would do. */
export function RoutingPage() {
  const { query } = useLocation();
  const rules = useResource((signal) => api.rules(signal), []);
  const [draft, setDraft] = useState<string>();
  const current = rules.data?.data;
  const text = draft ?? current?.text ?? '';
  const changed = draft !== undefined && draft !== current?.text;
  return (
    <>
      <PageHead title="Routing">
        Each rule that matches an image's header speaks for a channel with its weight. Where the header is not
        sure, the picture decides. A veto makes the image unsupported.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={rules.problem} retry={rules.reload} />
      </div>
      {current === undefined && !rules.problem && <Loading what="the rules" />}
      {current && (
        <>
          <p class="study-line muted">
            In force: version {current.version}
            {current.version === 0 ? ' (the file config/modalities.yaml)' : ''}
            {current.at && (
              <>
                , <Moment at={current.at} />, {current.actor}
              </>
            )}
            {current.version > 0 && current.comment && `: “${current.comment}”`}
          </p>
          <div class="grid">
            {may('operator') && <Explain study={query.study ?? ''} draft={changed ? text : undefined} />}
            <RuleTable rules={current.rules} />
            {may('admin') && (
              <Editor
                text={text}
                changed={changed}
                etag={rules.data?.etag ?? ''}
                onChange={setDraft}
                onPut={() => {
                  setDraft(undefined);
                  rules.reload();
                }}
                onDiscard={() => setDraft(undefined)}
              />
            )}
            <Versions current={current.version} edited={changed} onTake={setDraft} />
          </div>
        </>
      )}
    </>
  );
}
