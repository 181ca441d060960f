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
