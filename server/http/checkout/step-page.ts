import type { Step } from '@/server/top-ups/checkout-step';
import { choosePage } from './choose-page';
import { closedPage, failedPage, paidPage, successPage, tooManyPage } from './end-pages';
import type { Body, Frame } from './page';
import {
  bankPage,
  cardPage,
  changePage,
  checkingPage,
  codePage,
  confirmingPage,
  unknownPage,
  waitingPage,
} from './prompt-pages';

/** The page of a step. */
export function stepPage(frame: Frame, step: Step): Body {
  switch (step.kind) {
    case 'choose':
      return choosePage(frame, step);
    case 'code':
      return codePage(frame, step);
    case 'waiting':
      return waitingPage(frame, step);
    case 'confirming':
      return confirmingPage(frame, step);
    case 'change':
      return changePage(frame, step);
    case 'card_page':
      return cardPage(frame, step);
    case 'bank':
      return bankPage(frame, step);
    case 'checking':
      return checkingPage(frame, step);
    case 'unknown':
      return unknownPage(frame, step);
    case 'success':
      return successPage(frame, step);
    case 'paid':
      return paidPage(frame, step);
    case 'failed':
      return failedPage(frame, step);
    case 'too_many':
      return tooManyPage(frame, step);
    case 'closed':
      return closedPage(frame, step);
  }
}
