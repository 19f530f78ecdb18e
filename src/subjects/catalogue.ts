// What rules may look at: every kind of subject with the facts that it offers. A rule set is linted against it.
import { FORMATS } from "../render.ts";
import type { Known } from "../rules/lint.ts";

const SUM = "total sum gap gapSize tolerance parts addsUp";
const PAIR = "left right agrees leftName rightName item column gap";

const FACTS: Record<string, string> = {
  submission: "year departmentName partial hasDepartmentTable hasProjectTables hasBasicData requiredTables lackingTables lackingCount departmentProjects projectsAddUp projectsExecuted projectCount scoredProjects fullMarkProjects",
  cell: "column text required filled readable weight reason",
  measure: "unitsAgree amounts left right column moneyUnit inUnit",
  residue: "residues residueCount",
  table: "kind partial weightsTotal scheme schemes followsScheme executionWeight hasTotal totalScore totalWeight sumOfScores parts scoredRows weightedScores grade claimedScore earnedGrade weightedTwiceRows weightedOnceRows weightedTwice",
  level: "level declared sumOfWeights partial",
  fund: "kind isTotal source label initialBudget adjustedBudget budget executed rate weight score trueRate totalRate effectiveRate initialRate dueScore tableScore tableDue adjustment adjustmentSize",
  fundColumn: `partial column ${SUM}`,
  natureTotal: `partial column ${SUM}`,
  indicator: "kind name level1 level2 target actual targetKind actualKind actualIsComparison comparison weight score live deducted scoreShare method direction met judged measured attainment due dueRounded bandLow bandHigh inBand units targetNumber actualNumber achievement repeated inWords measurableLevel checkable rateName savingsName signDirection namedDirection otherYears belongsUnder mayBeNegative isMet partial adjustedBudget executed initialBudget savingRate trueSavingRate executionRate executionScore executionWeight",
  indicatorGroup: "count",
  sharedIndicator: "sameTarget sameActual places tables",
  markingGroup: "target actual even lowestShare highestShare marks count",
  goalNumber: "column clause goalNumber indicatorNumber agrees",
  staff: "established actual controlRate trueControlRate",
  basicLine: "item label prior budget actual priorYearActual usage overrun rise changeSize",
  partsColumn: `item column complete allListed partial ${SUM}`,
  building: "approvedArea actualArea budgetInvestment actualInvestment areaControlRate investmentControlRate trueAreaRate trueInvestmentRate",
  composition: `label ${SUM}`,
  share: "label whole amount total share trueShare",
  comparison: "label current previous change direction trueChange trueMagnitude trueDirection signedChange changeAgrees",
  amount: PAIR,
  agreement: PAIR,
  claim: "text claims scope contradictions contradictionCount figures",
  explanation: "text remaining answers namesCause namesMeasure",
  explanationText: "text count rows",
  projectPeer: "alone also sameBy name code adjustedBudget executed",
  textPeer: "alone also text cell start",
};

/** The facts by kind of subject, how words may print them, and the parameters that scoring and reading themselves ask for. */
export const KNOWN: Known = {
  facts: Object.fromEntries(Object.entries(FACTS).map(([each, names]) => [each, names.split(" ")])),
  formats: FORMATS,
  parameters: [
    "form.requiredTables", "form.scaleApartFrom", "form.scaleApartTo", "weight.schemes", "explanation.minimumLength", "portfolio.longText",
    "score.bands", "score.grades", "score.reverseMethod", "score.strictGreater", "score.places", "score.lateDeduction",
  ],
};
