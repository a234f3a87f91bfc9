import { BrandMark } from '@/components/brand/mark';
import { OPENAPI_HREF } from './links';
import { LANGUAGES } from './samples/languages';
import { Search } from './search';

/** Run while the page is parsed, so that the reader's language is there before the first paint. */
const RESTORE_LANGUAGE =
  "try{var l=document.getElementById('l-'+localStorage.getItem('pesewa-docs-language'));if(l)l.checked=true}catch(e){}";

export function TopBar() {
  return (
    <header className="top">
      <div className="bar">
        <a className="brand" href="/">
          <BrandMark />
          Pesewa
        </a>
        <a className="product" href="/docs">
          Docs
        </a>
      </div>
      <div className="mid">
        <Search />
        <a href={OPENAPI_HREF} className="openapi">
          OpenAPI
        </a>
        <input type="checkbox" id="menu" />
        <label className="menu" htmlFor="menu">
          Contents
        </label>
      </div>
      <fieldset className="langs">
        <legend className="sr-only">Language of the samples</legend>
        {LANGUAGES.map((language, index) => (
          <span key={language.id}>
            <input
              type="radio"
              name="language"
              id={`l-${language.id}`}
              value={language.id}
              defaultChecked={index === 0}
              suppressHydrationWarning
            />
            <label htmlFor={`l-${language.id}`}>{language.name}</label>
          </span>
        ))}
      </fieldset>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours. */}
      <script data-docs="" dangerouslySetInnerHTML={{ __html: RESTORE_LANGUAGE }} />
    </header>
  );
}
