import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { formatDate } from "@/shared/lib/format";
import { Page } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { legalDocumentQuery } from "./api/legal-document";
import styles from "./legal-page.module.css";
import { blocks, type Block } from "./markdown";

const TITLES: Record<string, string> = { "privacy-policy": "legal.privacy", "terms-of-service": "legal.terms" };

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

export function LegalPage() {
  const { t, language } = useI18n();
  const { doc = "" } = useParams();
  const document = useQuery(legalDocumentQuery(doc, language));
  return (
    <Page title={t(TITLES[doc] ?? "legal.title")} back="/">
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
