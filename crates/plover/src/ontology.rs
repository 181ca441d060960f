//! PLOVER 2.0: event types, modes, contexts, auxiliary modes, quadrants and scores.
//!
//! Facts of the Political Language Ontology for Verifiable Event Records, draft 2.0 (February 2024), Open Event
//! Data Alliance, CC BY-SA 4.0. Scores run from -10 (conflict) to +10 (cooperation).

use dateline_text::labels;

labels! {
    /// What happened.
    pub enum EventType as "PLOVER event type" {
        Agree = "AGREE",
        Consult = "CONSULT",
        Support = "SUPPORT",
        Concede = "CONCEDE",
        Cooperate = "COOPERATE",
        Aid = "AID",
        Retreat = "RETREAT",
        Request = "REQUEST",
        Accuse = "ACCUSE",
        Reject = "REJECT",
        Threaten = "THREATEN",
        Protest = "PROTEST",
        Sanction = "SANCTION",
        Mobilize = "MOBILIZE",
        Coerce = "COERCE",
        Assault = "ASSAULT",
    }
}

labels! {
    /// How it happened. A mode belongs to the types that [`EventType::modes`] lists.
    pub enum Mode as "PLOVER mode" {
        Visit = "visit",
        ThirdParty = "third-party",
        Multilateral = "multilateral",
        Phone = "phone",
        Withdraw = "withdraw",
        Release = "release",
        Disarm = "disarm",
        Ceasefire = "ceasefire",
        Access = "access",
        Resign = "resign",
        Assist = "assist",
        Change = "change",
        Yield = "yield",
        Meet = "meet",
        Disapprove = "disapprove",
        Investigate = "investigate",
        Allege = "allege",
        Restrict = "restrict",
        Arrest = "arrest",
        Relations = "relations",
        Expel = "expel",
        Territory = "territory",
        Violence = "violence",
        Demo = "demo",
        Riot = "riot",
        Strike = "strike",
        Hunger = "hunger",
        Boycott = "boycott",
        Obstruct = "obstruct",
        Vandalize = "vandalize",
        Convict = "convict",
        Discontinue = "discontinue",
        Troops = "troops",
        Weapons = "weapons",
        Police = "police",
        Militia = "militia",
        Seize = "seize",
        Censor = "censor",
        Curfew = "curfew",
        MartialLaw = "martial-law",
        Deport = "deport",
        Withhold = "withhold",
        Misinformation = "misinformation",
        Cyber = "cyber",
        Abduct = "abduct",
        Beat = "beat",
        Torture = "torture",
        Sexual = "sexual",
        Targeted = "targeted",
        Destroy = "destroy",
        Primitive = "primitive",
        Firearms = "firearms",
        Explosives = "explosives",
        SuicideAttack = "suicide-attack",
        Aerial = "aerial",
        Drone = "drone",
        HeavyWeapons = "heavy-weapons",
        CrowdControl = "crowd-control",
        Unconventional = "unconventional",
    }
}

labels! {
    /// About what it happened.
    pub enum Context as "PLOVER context" {
        Military = "military",
        Intelligence = "intelligence",
        Executive = "executive",
        Legislative = "legislative",
        Election = "election",
        PoliticalInstitutions = "political_institutions",
        ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy",
        Economic = "economic",
        Legal = "legal",
        Reparations = "reparations",
        HumanRights = "human_rights",
        RightsFreedoms = "rights_freedoms",
        Repression = "repression",
        HumanSecurity = "human_security",
        Gender = "gender",
        Lgbt = "lgbt",
        ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality",
        Diplomatic = "diplomatic",
        Territory = "territory",
        Peacekeeping = "peacekeeping",
        Health = "health",
        Asylum = "asylum",
        Migration = "migration",
        Disasters = "disasters",
        NaturalResource = "natural_resource",
        Environment = "environment",
        Technology = "technology",
        Terrorism = "terrorism",
        Cbrn = "cbrn",
        Cyber = "cyber",
        Misinformation = "misinformation",
        Crime = "crime",
        Corruption = "corruption",
        IllegalDrugs = "illegal_drugs",
        Trafficking = "trafficking",
    }
}

labels! {
    /// Whether and when it happened.
    pub enum AuxiliaryMode as "PLOVER auxiliary mode" {
        Historical = "historical",
        Future = "future",
        Hypothetical = "hypothetical",
        Negation = "negation",
    }
}

labels! {
    /// The quadrant of conflict and cooperation.
    pub enum QuadClass as "quad class" {
        VerbalCooperation = "verbal cooperation",
        MaterialCooperation = "material cooperation",
        VerbalConflict = "verbal conflict",
        MaterialConflict = "material conflict",
    }
}

impl QuadClass {
    /// PLOVER's `quad_code`: 1 to 4 in the order of the quadrants.
    pub fn code(self) -> u8 {
        self as u8 + 1
    }
}

impl EventType {
    /// The quadrant. SANCTION follows the manual's chapter (material), not its summary table (verbal).
    pub fn quad(self) -> QuadClass {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => QuadClass::VerbalCooperation,
            Cooperate | Aid | Retreat => QuadClass::MaterialCooperation,
            Request | Accuse | Reject | Threaten => QuadClass::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => QuadClass::MaterialConflict,
        }
    }

    /// PLOVER's score of the type itself, -10 to 10.
    pub fn scale(self) -> f32 {
        use EventType::*;
        match self {
            Agree => 2.5,
            Consult => 2.5,
            Support => 5.0,
            Concede => 4.5,
            Cooperate => 9.5,
            Aid => 10.0,
            Retreat => 6.5,
            Request => 0.0,
            Accuse => -3.0,
            Reject => -2.0,
            Threaten => -3.5,
            Protest => -5.0,
            Sanction => -6.0,
            Mobilize => -5.5,
            Coerce => -7.0,
            Assault => -9.0,
        }
    }

    /// Whether the type must have a recipient.
    pub fn requires_recipient(self) -> bool {
        matches!(self, EventType::Cooperate | EventType::Aid | EventType::Sanction)
    }

    /// The modes of the type with their scores; nothing where the manual gives none.
    pub fn modes(self) -> &'static [(Mode, Option<f32>)] {
        use EventType::*;
        match self {
            Agree => &[],
            Consult => &[
                (Mode::Visit, Some(4.0)),
                (Mode::ThirdParty, Some(1.0)),
                (Mode::Multilateral, Some(4.0)),
                (Mode::Phone, Some(1.5)),
            ],
            Support => &[],
            Concede => &[],
            Cooperate => &[],
            Aid => &[],
            Retreat => &[
                (Mode::Withdraw, Some(8.0)),
                (Mode::Release, Some(6.5)),
                (Mode::Disarm, Some(10.0)),
                (Mode::Ceasefire, Some(7.5)),
                (Mode::Access, Some(6.5)),
                (Mode::Resign, Some(4.5)),
            ],
            Request => &[
                (Mode::Assist, Some(0.5)),
                (Mode::Change, Some(-1.0)),
                (Mode::Yield, Some(-1.0)),
                (Mode::Meet, Some(0.0)),
            ],
            Accuse => {
                &[(Mode::Disapprove, Some(-2.0)), (Mode::Investigate, Some(-3.5)), (Mode::Allege, Some(-3.5))]
            }
            Reject => &[
                (Mode::Assist, Some(-1.5)),
                (Mode::Change, Some(-2.0)),
                (Mode::Yield, Some(-2.0)),
                (Mode::Meet, Some(-2.0)),
            ],
            Threaten => &[
                (Mode::Restrict, Some(-3.0)),
                (Mode::Arrest, Some(-3.5)),
                (Mode::Relations, Some(-3.5)),
                (Mode::Expel, Some(-3.5)),
                (Mode::Territory, Some(-4.0)),
                (Mode::Violence, Some(-3.5)),
            ],
            Protest => &[
                (Mode::Demo, Some(-5.0)),
                (Mode::Riot, Some(-7.0)),
                (Mode::Strike, Some(-5.0)),
                (Mode::Hunger, Some(-4.5)),
                (Mode::Boycott, Some(-4.5)),
                (Mode::Obstruct, Some(-4.5)),
                (Mode::Vandalize, None),
            ],
            Sanction => &[
                (Mode::Convict, Some(-6.0)),
                (Mode::Expel, Some(-5.5)),
                (Mode::Withdraw, Some(-6.0)),
                (Mode::Discontinue, Some(-6.0)),
            ],
            Mobilize => &[
                (Mode::Troops, Some(-6.5)),
                (Mode::Weapons, Some(-6.5)),
                (Mode::Police, Some(-5.5)),
                (Mode::Militia, Some(-6.0)),
            ],
            Coerce => &[
                (Mode::Seize, Some(-7.0)),
                (Mode::Restrict, Some(-7.0)),
                (Mode::Censor, Some(-6.5)),
                (Mode::Curfew, Some(-6.5)),
                (Mode::MartialLaw, Some(-7.5)),
                (Mode::Arrest, Some(-7.0)),
                (Mode::Deport, Some(-7.0)),
                (Mode::Withhold, Some(-7.0)),
                (Mode::Misinformation, Some(-6.5)),
                (Mode::Cyber, Some(-7.0)),
            ],
            Assault => &[
                (Mode::Abduct, Some(-8.5)),
                (Mode::Beat, Some(-7.5)),
                (Mode::Torture, Some(-8.5)),
                (Mode::Sexual, Some(-8.5)),
                (Mode::Targeted, Some(-9.5)),
                (Mode::Destroy, Some(-8.5)),
                (Mode::Primitive, Some(-8.0)),
                (Mode::Firearms, Some(-9.0)),
                (Mode::Explosives, Some(-9.0)),
                (Mode::SuicideAttack, Some(-9.5)),
                (Mode::Aerial, Some(-9.5)),
                (Mode::Drone, Some(-9.5)),
                (Mode::HeavyWeapons, Some(-9.5)),
                (Mode::CrowdControl, Some(-7.5)),
                (Mode::Unconventional, Some(-10.0)),
            ],
        }
    }

    /// The score of the type with this mode; the type's own where the mode is not its or has no score.
    pub fn scale_with(self, mode: Option<Mode>) -> f32 {
        mode.and_then(|mode| self.modes().iter().find(|(known, _)| *known == mode))
            .and_then(|(_, scale)| *scale)
            .unwrap_or_else(|| self.scale())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type, quad code, score, whether a recipient is required, modes with their scores: the codebook's table.
    const TABLE: &str = "
        AGREE 1 2.5 optional
        CONSULT 1 2.5 optional visit 4 third-party 1 multilateral 4 phone 1.5
        SUPPORT 1 5 optional
        CONCEDE 1 4.5 optional
        COOPERATE 2 9.5 required
        AID 2 10 required
        RETREAT 2 6.5 optional withdraw 8 release 6.5 disarm 10 ceasefire 7.5 access 6.5 resign 4.5
        REQUEST 3 0 optional assist 0.5 change -1 yield -1 meet 0
        ACCUSE 3 -3 optional disapprove -2 investigate -3.5 allege -3.5
        REJECT 3 -2 optional assist -1.5 change -2 yield -2 meet -2
        THREATEN 3 -3.5 optional restrict -3 arrest -3.5 relations -3.5 expel -3.5 territory -4 violence -3.5
        PROTEST 4 -5 optional demo -5 riot -7 strike -5 hunger -4.5 boycott -4.5 obstruct -4.5 vandalize -5
        SANCTION 4 -6 required convict -6 expel -5.5 withdraw -6 discontinue -6
        MOBILIZE 4 -5.5 optional troops -6.5 weapons -6.5 police -5.5 militia -6
        COERCE 4 -7 optional seize -7 restrict -7 censor -6.5 curfew -6.5 martial-law -7.5 arrest -7 deport -7 withhold -7 misinformation -6.5 cyber -7
        ASSAULT 4 -9 optional abduct -8.5 beat -7.5 torture -8.5 sexual -8.5 targeted -9.5 destroy -8.5 primitive -8 firearms -9 explosives -9 suicide-attack -9.5 aerial -9.5 drone -9.5 heavy-weapons -9.5 crowd-control -7.5 unconventional -10";

    #[test]
    fn types_and_modes_are_the_codebook_s() {
        let mut types = EventType::ALL.iter();
        for row in TABLE.trim().lines() {
            let event = *types.next().expect("as many types as rows");
            let cells: Vec<&str> = row.split_whitespace().collect();
            assert_eq!(event.as_str(), cells[0]);
            assert_eq!(event.quad().code().to_string(), cells[1], "{event}");
            assert_eq!(event.scale(), cells[2].parse::<f32>().unwrap(), "{event}");
            assert_eq!(event.requires_recipient(), cells[3] == "required", "{event}");
            let modes: Vec<(&str, f32)> = event
                .modes()
                .iter()
                .map(|(mode, _)| (mode.as_str(), event.scale_with(Some(*mode))))
                .collect();
            let expected: Vec<(&str, f32)> =
                cells[4..].chunks(2).map(|pair| (pair[0], pair[1].parse().unwrap())).collect();
            assert_eq!(modes, expected, "{event}");
        }
        assert_eq!(types.next(), None);
    }

    #[test]
    fn there_are_37_contexts_and_67_modes_of_types() {
        assert_eq!(Context::ALL.len(), 37);
        // Names such as `withdraw` and `arrest` are modes of several types.
        let n_modes: usize = EventType::ALL.iter().map(|event| event.modes().len()).sum();
        assert_eq!(n_modes, 67);
    }

    #[test]
    fn a_mode_of_another_type_keeps_the_type_s_score() {
        assert_eq!(EventType::Aid.scale_with(Some(Mode::Drone)), 10.0);
        assert_eq!(EventType::Protest.scale_with(Some(Mode::Vandalize)), -5.0);
    }
}
