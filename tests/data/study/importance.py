"""importance.py: records importance.json: functional analysis of variance of one tree of scikit-learn, its leaves as boxes, worked out here."""
import json, os
import numpy as np
from sklearn.tree import DecisionTreeRegressor
import sklearn

def make(seed,n=30):
    rng=np.random.default_rng(seed)
    X=np.stack([rng.integers(0,1025,n)/1024., rng.integers(0,1025,n)/1024., rng.integers(0,2,n).astype(float)],1)
    y=np.round(3*X[:,0]+np.sin(6*X[:,1])*X[:,2]+0.1*rng.normal(size=n),6)
    return X,y
def fanova(X,y,state):
    t=DecisionTreeRegressor(min_samples_leaf=2,random_state=state).fit(X,y).tree_
    leaves=[]
    def walk(i,box):
        if t.children_left[i]<0: leaves.append((box,t.value[i][0][0])); return
        f,th=t.feature[i],t.threshold[i]
        if f==2: th=0.5
        lo,hi=box[f]; a=dict(box); b=dict(box); a[f]=(lo,th); b[f]=(th,hi); walk(t.children_left[i],a); walk(t.children_right[i],b)
    walk(0,{0:(0,1),1:(0,1),2:(0,1)})
    vol=lambda b,skip=None: np.prod([b[k][1]-b[k][0] for k in b if k!=skip])
    m=sum(vol(b)*v for b,v in leaves); V=sum(vol(b)*(v-m)**2 for b,v in leaves)
    sh=[]
    for j in range(3):
        e=sorted({q for b,_ in leaves for q in b[j]}); s=0
        for a,c in zip(e,e[1:]):
            mid=(a+c)/2; h=sum(vol(b,j)*v for b,v in leaves if b[j][0]<mid<b[j][1]); s+=(c-a)*(h-m)**2
        sh.append(float(s/V))
    return len(leaves),sh
for seed in range(4000):
    X,y=make(seed)
    r=[fanova(X,y,k) for k in range(8)]
    if all(np.allclose(q[1],r[0][1],atol=1e-12) for q in r):
        r+= [fanova(X,y,k) for k in range(8,60)]
        if all(np.allclose(q[1],r[0][1],atol=1e-12) for q in r): break
n_leaves,sh=r[0]; print(seed,n_leaves,sh,1-sum(sh))
json.dump({"note":"One tree of scikit-learn %s, DecisionTreeRegressor(min_samples_leaf=2), of 30 rows of two numbers and a yes/no, drawn so that no two cuts are equally good (the same for 60 random states); its leaves as boxes, and the shares of variance that each column explains by itself, worked out in Python."%sklearn.__version__,
 "x":X.tolist(),"y":y.tolist(),"shares":sh,"together":1-sum(sh)},open(os.path.join(os.path.dirname(__file__), 'importance.json'), 'w'))
