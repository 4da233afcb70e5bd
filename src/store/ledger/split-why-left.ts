import { z } from 'zod';
import { parsed } from './parsed.js';

/** How version 1 began a reason that said why a superseded result is none of the present ones. */
const LEFT_OVER = 'left over: ';

const unitsOfVersion1 = z.array(z.looseObject({ reasons: z.array(z.string()) }));

/**
 * The units of a record of version 1 in the form of version 2, which has those reasons in a field of their own, `whyLeft`.
 * @param units JSON, whatever was kept; what is no list of units stays as it is
 */
export function splitWhyLeft(units: string): string {
  const { data } = unitsOfVersion1.safeParse(parsed(units));
  if (!data?.some(({ reasons }) => reasons.some(isWhyLeft))) return units;
  return JSON.stringify(
    data.map(({ reasons, ...unit }) => {
      const whyLeft = reasons.filter(isWhyLeft).map((reason) => reason.slice(LEFT_OVER.length));
      const others = reasons.filter((reason) => !isWhyLeft(reason));
      return { ...unit, reasons: others, ...(whyLeft.length > 0 && { whyLeft }) };
    }),
  );
}

const isWhyLeft = (reason: string) => reason.startsWith(LEFT_OVER);
