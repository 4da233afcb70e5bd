import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { AppError, problemOf } from '../../../src/core/index.js';
import { problemPage, wantsPage } from '../../../src/dicomweb/http/problem-page.js';

const asking = (accept: string | undefined, method = 'GET') =>
  ({ method, get: () => accept }) as unknown as Request;

describe('an unknown address in a browser', () => {
  it('is a page that says so and leads back', () => {
    const page = problemPage(problemOf(new AppError('NOT_FOUND', 'Nothing is offered at this path (GET)')));
    expect(page).toContain('<h1>There is no such page</h1>');
    expect(page).toContain('<a href="/">Console</a>');
    expect(page).toContain('404 NOT_FOUND');
  });

  it('writes nothing of an error into the page as markup', () => {
    const page = problemPage(problemOf(new AppError('NOT_FOUND', '<script>alert("x")</script>')));
    expect(page).not.toContain('<script>');
  });

  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'GET', true],
    ['text/html', 'POST', false],
    ['application/dicom+json', 'GET', false],
    ['application/json, text/html', 'GET', false],
    ['*/*', 'GET', false],
    [undefined, 'GET', false],
  ])('for a request that accepts %s by %s: %s', (accept, method, isPage) => {
    expect(wantsPage(asking(accept, method))).toBe(isPage);
  });
});
