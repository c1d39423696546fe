import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { formatDate } from "@/shared/lib/format";
import { Page } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { legalDocumentQuery, type LegalDocument } from "./api/legal-document";
import styles from "./legal-page.module.css";
import { blocks, type Block } from "./markdown";

const TITLES: Record<LegalDocument, string> = { "privacy-policy": "legal.privacy", "terms-of-service": "legal.terms" };

function isDocument(name: string): name is LegalDocument {
  return name in TITLES;
}

function Paragraph({ block }: { block: Block }) {
  if (block.kind === "heading") return <h2>{block.text}</h2>;
  if (block.kind === "text") return <p>{block.text}</p>;
  return (
    <ul>
      {block.items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function Document({ doc }: { doc: LegalDocument }) {
  const { t, language } = useI18n();
  const document = useQuery(legalDocumentQuery(doc, language));
  return (
    <Page title={t(TITLES[doc])} back="/">
      <QueryState query={document}>
        {({ content, version, effective_date }) => (
          <article className={styles.text}>
            {blocks(content).slice(1).map((block) => (
              <Paragraph key={JSON.stringify(block)} block={block} />
            ))}
            <p className={styles.version}>{t("legal.version", { version, date: formatDate(language, effective_date) })}</p>
          </article>
        )}
      </QueryState>
    </Page>
  );
}

export function LegalPage() {
  const { doc = "" } = useParams();
  return isDocument(doc) ? <Document doc={doc} /> : <Navigate to="/error" replace />;
}
