import type { RuleTrial, RuleView } from '../../shared/site-rule.ts';
import { explainRuleProblem } from '../../shared/words/rules.ts';
import controls from '../parts/controls.module.css';
import { useDates, useWords } from '../words.ts';
import own from './Rules.module.css';

const facts = ['title', 'byline', 'publishedAt', 'length', 'nextPage', 'opening'] as const;

/** What a rule gives on a page, beside what the page gives without it, and what each of its lines did. */
export function RuleResult({ trial, isNamed }: { trial: RuleTrial; isNamed: boolean }) {
  const all = useWords();
  const words = all.siteRules;
  return (
    <section className={own['result']} aria-label={words.result}>
      <p className={trial.body ? own['good'] : controls['alert']}>{trial.after === null ? words.nothing : trial.body ? words.found : words.notFound}</p>
      {isNamed && !trial.forHost && <p className={controls['alert']}>{words.otherHost}</p>}
      {trial.problems.length > 0 && (
        <Lines title={words.problems} lines={trial.problems.map((problem) => explainRuleProblem(all, problem))} />
      )}
      <div className={own['frame']}>
        <table className={own['table']}>
          <caption className="visually-hidden">{words.result}</caption>
          <thead>
            <tr>
              <th scope="col"><span className="visually-hidden">{words.columns.fact}</span></th>
              <th scope="col">{words.columns.before}</th>
              <th scope="col">{words.columns.after}</th>
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <tr key={fact}>
                <th scope="row">{words.facts[fact]}</th>
                <Cell view={trial.before} fact={fact} trial={trial} />
                <Cell view={trial.after} fact={fact} trial={trial} />
              </tr>
            ))}
            {trial.singlePage !== null && (
              <tr>
                <th scope="row">{words.facts.singlePage}</th>
                <td>{words.absent}</td>
                <td><bdi>{trial.singlePage}</bdi></td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {trial.lines.length > 0 && <Lines title={words.lines} lines={trial.lines.map(({ line, directive, matched }) => words.lineFound(line, directive, matched))} />}
      {trial.tests.length > 0 && <Lines title={words.tests} lines={trial.tests.map(({ text, found }) => (found ? words.testFound : words.testMissing)(text))} />}
    </section>
  );
}

function Cell({ view, fact, trial }: { view: RuleView | null; fact: (typeof facts)[number]; trial: RuleTrial }) {
  const words = useWords().siteRules;
  const dates = useDates();
  if (view === null) return <td>{words.absent}</td>;
  switch (fact) {
    case 'title': case 'byline': case 'nextPage': return <td lang={fact === 'nextPage' ? undefined : (trial.lang ?? undefined)}><bdi>{view[fact] ?? words.absent}</bdi></td>;
    case 'publishedAt': return <td>{view.publishedAt === null ? words.absent : dates.moment(view.publishedAt)}</td>;
    case 'length': return <td>{words.length(view.blocks, view.characters)}</td>;
    case 'opening': return <td lang={trial.lang ?? undefined} dir={trial.dir}>{view.opening.map((text, at) => <p key={`${at} ${text}`}>{text}</p>)}</td>;
    default: return fact satisfies never;
  }
}

/** Lines may be equal word for word; they stay in their order. */
function Lines({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div>
      <h3 className={own['small']}>{title}</h3>
      <ul className={own['lines']}>
        {lines.map((text, at) => <li key={`${at} ${text}`}><bdi>{text}</bdi></li>)}
      </ul>
    </div>
  );
}
