import { z } from 'zod';
import type { Check } from '../check.js';
import type { DoctorContext } from '../context.js';
import { type Uid, WRITE_TEST_STUDY } from '../../core/index.js';
import { ok, skipped, warn } from '../finding.js';
import { archiveRequest } from '../probes/archive-request.js';
import { writeTest } from '../probes/write-test.js';
import { settingName } from '../setting-name.js';
import { withOrthanc } from './need.js';

/** Seconds of StableAge beyond which late images wait unpleasantly long. */
const LONGEST = 15;
/** Orthanc looks for stable studies about once a second, and its times are cut down to the second. */
const SLACK = 3;
const CHANGES = 200;
const STUDIES = 8;

const changesSchema = z.object({
  Changes: z.array(z.object({ ChangeType: z.string(), ID: z.string(), Date: z.string() })),
});

/**
 * Orthanc tells its StableAge nowhere. It is measured: from the last image of recent studies to their StableStudy,
 * or with an object of ours where there is no recent study.
 */
export const stableAge: Check = {
  id: 'archive.stable-age',
  title: 'Orthanc calls a study stable soon enough',
  deadlineMs: (LONGEST + SLACK + 12) * 1000,
  run: (context) =>
    withOrthanc(context, async () => {
      const past = await fromHistory(context);
      if (past !== undefined) return judge(context, past, `measured by recent studies`);
      if (!context.mayWrite) {
        return skipped(
          'No study became stable lately, so StableAge cannot be measured',
          'Run the doctor on the command line.',
        );
      }
      return judge(context, await withOwnObject(context), 'measured with an object of ours');
    }),
};

function judge({ settings }: DoctorContext, seconds: number | undefined, how: string) {
  const { quietSeconds } = settings.intake;
  if (seconds === undefined || seconds > LONGEST) {
    const age = seconds === undefined ? `more than ${LONGEST} s` : `about ${Math.round(seconds)} s`;
    return warn(
      `StableAge is ${age}, ${how}: images that arrive more than ${quietSeconds} s after the first of their series wait that long for their result`,
      `Set "StableAge": 10 in orthanc.json (Orthanc's default is 60). Where it must stay, raise ${settingName('intake.quietSeconds')}.`,
      '"StableAge" in orthanc.json',
    );
  }
  return ok(
    `StableAge is about ${Math.max(1, Math.round(seconds))} s, ${how}; intake.quietSeconds is ${quietSeconds}`,
  );
}

/** The shortest time from a study's last image to StableStudy among recent ones; longer ones were busy. */
async function fromHistory({ archive, settings }: DoctorContext): Promise<number | undefined> {
  const root = settings.archive.orthancUrl;
  const last = (await archive.orthanc?.lastChange()) ?? 0;
  const since = Math.max(0, last - CHANGES);
  const { json } = await archiveRequest(archive.http, `${root}/changes?since=${since}&limit=${CHANGES}`);
  const changes = changesSchema.safeParse(json);
  if (!changes.success) return undefined;
  // A study may have become stable several times; LastUpdate belongs to the last.
  const stable = new Map(
    changes.data.Changes.filter(({ ChangeType }) => ChangeType === 'StableStudy').map(({ ID, Date }) => [
      ID,
      Date,
    ]),
  );
  const ages: number[] = [];
  for (const [id, date] of [...stable].slice(-STUDIES)) {
    const { status, text } = await archiveRequest(archive.http, `${root}/studies/${id}/metadata/LastUpdate`);
    const age = (instant(date) - instant(text)) / 1000;
    if (status === 200 && age >= 0) ages.push(age);
  }
  return ages.length > 0 ? Math.min(...ages) : undefined;
}

/** Seconds until an object of ours was called stable; undefined when it was not in time. */
async function withOwnObject(context: DoctorContext): Promise<number | undefined> {
  const { archive, settings } = context;
  let age: number | undefined;
  await writeTest(context, async () => {
    const [id] = await archive.orthanc!.studyIds(WRITE_TEST_STUDY as Uid);
    const began = Date.now();
    while (age === undefined && Date.now() - began < (LONGEST + SLACK) * 1000) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { json } = await archiveRequest(archive.http, `${settings.archive.orthancUrl}/studies/${id}`);
      if ((json as { IsStable?: unknown } | undefined)?.IsStable === true) age = (Date.now() - began) / 1000;
    }
  });
  return age;
}

/** Orthanc's `20261124T085800`, as milliseconds; only differences are used. */
function instant(text: string): number {
  const now = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(text.trim());
  return now ? Date.UTC(+now[1]!, +now[2]! - 1, +now[3]!, +now[4]!, +now[5]!, +now[6]!) : NaN;
}
